// SPDX-License-Identifier: Apache-2.0
/// What is wrong at the moment: sentences with since when, evidence, and what can be done.
@NullMarked
package dev.steward.insight.finding;

import org.jspecify.annotations.NullMarked;
