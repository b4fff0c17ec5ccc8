// SPDX-License-Identifier: Apache-2.0
/// Tests of the whole house: its rooms, its tidiness, its format.
@NullMarked
package dev.steward;

import org.jspecify.annotations.NullMarked;
