// SPDX-License-Identifier: Apache-2.0
/// The documentation of the API, made from the very routes that serve it.
@NullMarked
package dev.steward.server.reference;

import org.jspecify.annotations.NullMarked;
