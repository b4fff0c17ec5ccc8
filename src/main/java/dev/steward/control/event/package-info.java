// SPDX-License-Identifier: Apache-2.0
/// The facts of the control ledger, in the past tense, and their canonical bytes.
@NullMarked
package dev.steward.control.event;

import org.jspecify.annotations.NullMarked;
