// SPDX-License-Identifier: Apache-2.0
/// What gates say of a release on one State, what a release pins, and what a rollback would change.
/// All of it is pure.
@NullMarked
package dev.steward.control.gate;

import org.jspecify.annotations.NullMarked;
