// SPDX-License-Identifier: Apache-2.0
/// What each kind of MCP request goes through once its wire is read: tools, tasks, features, what a
/// server asks its client meanwhile, and what only passes.
///
/// In: requests of identified clients. Out: responses. It knows neither era's wire.
@NullMarked
package dev.steward.gateway.step;

import org.jspecify.annotations.NullMarked;
