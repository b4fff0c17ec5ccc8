// SPDX-License-Identifier: Apache-2.0
/// What the console is handed to look at, beside the traces and the State.
@NullMarked
package dev.steward.console.view;

import org.jspecify.annotations.NullMarked;
