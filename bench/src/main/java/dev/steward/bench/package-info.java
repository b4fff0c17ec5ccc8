// SPDX-License-Identifier: Apache-2.0
/// Measurements of a built Steward from outside: over HTTP, as its clients meet it.
@NullMarked
package dev.steward.bench;

import org.jspecify.annotations.NullMarked;
