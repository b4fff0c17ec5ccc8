// SPDX-License-Identifier: Apache-2.0
/// The prompts that a version of an agent declares, for those who compare or place them.
///
/// In: a version. Out: its prompts, and whether a text is one of them.
@NullMarked
package dev.steward.control.prompt;

import org.jspecify.annotations.NullMarked;
