// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.trace.price.Providers;

/// One model that may answer a call, and who sells it.
public record ModelChoice(ModelUse use, ModelProvider provider) {
  public String model() {
    return use.model();
  }

  /// The provider's normal name, under which prices know it.
  public String priceName() {
    String named = Providers.KNOWN.normal(provider.name());
    if (Providers.KNOWN.knows(named)) {
      return named;
    }
    return switch (provider.dialect()) {
      case "gemini" -> "gcp.gemini";
      case "bedrock" -> "aws.bedrock";
      default -> provider.dialect();
    };
  }
}
