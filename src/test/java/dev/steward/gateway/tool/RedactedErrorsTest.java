// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class RedactedErrorsTest {
  @TempDir Path folder;
  private ToolFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ToolFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anErrorOfTheServerIsToldWithoutItsWordsWherePolicyRedacts() {
    fixture.control.apply(
        ToolFixture.policy("privacy", "{tool: 'bank/*', effect: allow, redact: [iban]}"));
    Reason refusal =
        new Reason.Refused(
            (ObjectNode)
                CanonicalJson.read(
                    "{\"code\":-32602,\"message\":\"DE123 is"
                        + " closed\",\"data\":{\"iban\":\"DE123\"}}"),
            "DE123 is closed");
    fixture.server.answers =
        _ -> {
          throw new ToolServerException(refusal);
        };

    assertThat(fixture.call("account", "{}"))
        .isInstanceOfSatisfying(
            ToolEnding.Failed.class,
            failed ->
                assertThat(failed.error().toString()).doesNotContain("DE123").contains("-32602"));
    assertThat(fixture.record().result()).doesNotContain("DE123");
  }
}
