// SPDX-License-Identifier: Apache-2.0
/// The pages of changes that wait for a second person.
@NullMarked
package dev.steward.console.proposal;

import org.jspecify.annotations.NullMarked;
