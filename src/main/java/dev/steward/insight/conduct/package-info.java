// SPDX-License-Identifier: Apache-2.0
/// What is wrong with how agents behave: who fails, falls silent, goes round, costs more than
/// before, or is not registered or governed. Each is one source of findings.
@NullMarked
package dev.steward.insight.conduct;

import org.jspecify.annotations.NullMarked;
