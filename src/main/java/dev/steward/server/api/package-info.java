// SPDX-License-Identifier: Apache-2.0
/// What the calls of the REST API share, and those about the server itself: how parameters are read
/// and what a caller may see.
@NullMarked
package dev.steward.server.api;

import org.jspecify.annotations.NullMarked;
