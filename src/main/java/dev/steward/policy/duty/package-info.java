// SPDX-License-Identifier: Apache-2.0
/// What must be done along with a call that may be made, and whether one decision demands what
/// another does.
///
/// In come decisions and rules; out go single duties, and those that are lost from one to the
/// other.
@NullMarked
package dev.steward.policy.duty;

import org.jspecify.annotations.NullMarked;
