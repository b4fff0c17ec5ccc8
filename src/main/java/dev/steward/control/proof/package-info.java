// SPDX-License-Identifier: Apache-2.0
/// What is proved of the policies of a State, or of what would be after applying something.
@NullMarked
package dev.steward.control.proof;

import org.jspecify.annotations.NullMarked;
