// SPDX-License-Identifier: Apache-2.0
/// One run: its conversation, its waterfall, its raw spans, and the detail of a step.
@NullMarked
package dev.steward.console.run;

import org.jspecify.annotations.NullMarked;
