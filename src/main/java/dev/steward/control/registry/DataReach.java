// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.registry;

import java.util.SortedMap;
import java.util.SortedSet;

/// The data that an agent version can reach, and over what.
///
/// @param sources by name, each with the ways to it: `data` where it is named itself, else
///   `server/tool`
/// @param labels of those sources, as `label=value`
/// @param unknown servers and tools of the version that nobody declared, so their reach is not
///   known
public record DataReach(
    SortedMap<String, SortedSet<String>> sources,
    SortedSet<String> labels,
    SortedSet<String> unknown) {}
