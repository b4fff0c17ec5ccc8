// SPDX-License-Identifier: Apache-2.0
/// YAML files in, declared resources out, or the file, line and field of everything wrong with
/// them.
///
/// One class a kind, all in one table. It must not know State: whether an owner exists is asked
/// later.
@NullMarked
package dev.steward.control.manifest;

import org.jspecify.annotations.NullMarked;
