// SPDX-License-Identifier: Apache-2.0
/// Who calls and which model of its version it may use.
@NullMarked
package dev.steward.gateway.identity;

import org.jspecify.annotations.NullMarked;
