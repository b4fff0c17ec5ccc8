// SPDX-License-Identifier: Apache-2.0
/// The HTTP frame: one route table, limits, errors as problem+json, headers that protect browsers.
/// It must not know what a route does.
@NullMarked
package dev.steward.server.http;

import org.jspecify.annotations.NullMarked;
