// SPDX-License-Identifier: Apache-2.0
/// One step of a run as it is shown when somebody opens it.
@NullMarked
package dev.steward.console.step;

import org.jspecify.annotations.NullMarked;
