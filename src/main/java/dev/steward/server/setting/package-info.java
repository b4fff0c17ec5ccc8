// SPDX-License-Identifier: Apache-2.0
/// How one value of the configuration is declared, written and read.
@NullMarked
package dev.steward.server.setting;

import org.jspecify.annotations.NullMarked;
