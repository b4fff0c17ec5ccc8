// SPDX-License-Identifier: Apache-2.0
/// What a model answered, read from a copy of the bytes that passed.
@NullMarked
package dev.steward.gateway.reading;

import org.jspecify.annotations.NullMarked;
