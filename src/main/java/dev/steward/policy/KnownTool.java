// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.call.Effect;
import dev.steward.policy.condition.ToolSchema;
import java.util.Optional;

/// A tool as its server declares it.
///
/// @param name `server/tool`
/// @param effect empty when it was not declared, so that restricting rules about any effect apply
public record KnownTool(String name, Optional<Effect> effect, ToolSchema schema) {
  static KnownTool undeclared(String name) {
    return new KnownTool(name, Optional.empty(), ToolSchema.NONE);
  }
}
