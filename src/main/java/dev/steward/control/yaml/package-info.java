// SPDX-License-Identifier: Apache-2.0
/// YAML as a tree with line numbers, read with a limit on everything, and typed readers over it.
@NullMarked
package dev.steward.control.yaml;

import org.jspecify.annotations.NullMarked;
