// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.junit.jupiter.api.Test;

class ClaimedScopesTest {
  @Test
  void aSenderThatSpeaksAsTheGatewayIsRenamed() throws Exception {
    byte[] renamed = ClaimedScopes.without(request("steward.gateway.moved", "x"));

    assertThat(ExportTraceServiceRequest.parseFrom(renamed))
        .isEqualTo(
            ExportTraceServiceRequest.parseFrom(request("claimed:steward.gateway.moved", "x")));
  }

  @Test
  void everythingElseIsLeftByteByByte() {
    byte[] plain = request("my.scope", "x");
    byte[] mentioned = request("my.scope", "see steward.gateway");

    assertThat(ClaimedScopes.without(plain)).isSameAs(plain);
    assertThat(ClaimedScopes.without(mentioned)).isSameAs(mentioned);
  }

  private static byte[] request(String scope, String name) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpansBuilder().addSpansBuilder().setName(name);
    request.getResourceSpansBuilder(0).getScopeSpansBuilder(0).getScopeBuilder().setName(scope);
    return request.build().toByteArray();
  }
}
