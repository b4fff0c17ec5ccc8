// SPDX-License-Identifier: Apache-2.0
/// The four questions that every run must answer, with what each answer rests on.
@NullMarked
package dev.steward.console.answer;

import org.jspecify.annotations.NullMarked;
