// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.domain.resource.ModelProvider;

/// One model that may answer a call, and who sells it.
public record ModelChoice(ModelUse use, ModelProvider provider) {
  public String model() {
    return use.model();
  }
}
