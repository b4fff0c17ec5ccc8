// SPDX-License-Identifier: Apache-2.0
/// What passes the gateway, and what is known of it when it is decided on.
@NullMarked
package dev.steward.domain.call;

import org.jspecify.annotations.NullMarked;
