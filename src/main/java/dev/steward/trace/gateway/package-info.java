// SPDX-License-Identifier: Apache-2.0
/// What our own gateway tells of model calls, brought together with what agents tell of them.
@NullMarked
package dev.steward.trace.gateway;

import org.jspecify.annotations.NullMarked;
