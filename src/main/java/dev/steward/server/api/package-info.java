// SPDX-License-Identifier: Apache-2.0
/// The REST API under `/api/v1`: one class per group of routes, records as wire shapes.
@NullMarked
package dev.steward.server.api;

import org.jspecify.annotations.NullMarked;
