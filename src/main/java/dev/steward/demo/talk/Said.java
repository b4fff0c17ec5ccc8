// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import tools.jackson.databind.node.ObjectNode;

/// What a model has answered, as its client read it.
///
/// @param message in the form of the GenAI conventions
/// @param model that answered
/// @param response id of the answer
public record Said(
    ObjectNode message, String model, String response, long inputTokens, long outputTokens) {}
