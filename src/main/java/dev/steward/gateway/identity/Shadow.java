// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

/// What a call belongs to whose effects do not happen.
///
/// @param release whose version gets copies
/// @param run of the live call that was copied, "" where it is not known
/// @param traceId of that call, "" where it is not known
public record Shadow(String release, String run, String traceId) {}
