// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import java.util.Map;

/// How one part of a drill ended.
///
/// @param of what was drilled
/// @param figures what was measured, by a name that ends in its unit
/// @param fault why it failed, "" when it passed
record Held(String of, Map<String, Long> figures, String fault) {}
