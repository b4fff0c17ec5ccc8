// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.profile;

/// One of the seven artefacts of a version.
///
/// @param holds what is in it, in a line; "" for nothing declared
/// @param change against the version before: "same", or how it differs; "" without one before
public record ArtefactRow(String name, String holds, String change, boolean differs) {}
