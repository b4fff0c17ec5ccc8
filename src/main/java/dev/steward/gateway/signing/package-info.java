// SPDX-License-Identifier: Apache-2.0
/// What Steward signs for agents: JSON web signatures with one key, and that key for who checks
/// them.
@NullMarked
package dev.steward.gateway.signing;

import org.jspecify.annotations.NullMarked;
