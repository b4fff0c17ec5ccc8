// SPDX-License-Identifier: Apache-2.0
/// What becomes known of a call on its way, and the ports by which it is kept.
@NullMarked
package dev.steward.gateway.record;

import org.jspecify.annotations.NullMarked;
