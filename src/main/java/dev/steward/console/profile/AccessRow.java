// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.profile;

/// Somebody who may do something to an agent.
///
/// @param may what, in words
/// @param where the environments in which, or "everywhere"
public record AccessRow(String who, String roles, String may, String where) {}
