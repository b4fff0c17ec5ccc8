// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.condition.ToolSchema;
import java.util.Optional;
import java.util.Set;

/// A tool as its server declares it.
///
/// @param name `server/tool`
/// @param effect empty when it was not declared, so that restricting rules about any effect apply
/// @param labels of what it reads, empty when the tool was not declared, so that restricting rules
///   about any label apply
/// @param price of one call, where it declares one
public record KnownTool(
    String name,
    Optional<Effect> effect,
    Optional<Set<String>> labels,
    ToolSchema schema,
    Optional<ToolServer.CallPrice> price) {
  static KnownTool undeclared(String name) {
    return new KnownTool(
        name, Optional.empty(), Optional.empty(), ToolSchema.NONE, Optional.empty());
  }
}
