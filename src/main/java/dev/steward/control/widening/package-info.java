// SPDX-License-Identifier: Apache-2.0
/// Whether a change of what is declared lets agents that run in canary or production do or spend
/// more than now.
///
/// In: a State and a change that is wanted. Out: what it widens and what it narrows there, in
/// words. All of it is pure.
@NullMarked
package dev.steward.control.widening;

import org.jspecify.annotations.NullMarked;
