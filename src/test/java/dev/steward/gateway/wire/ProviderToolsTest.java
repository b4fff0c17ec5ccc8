// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tools of providers in the words of every dialect.
class ProviderToolsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CHAT|{\"tools\":[{\"type\":\"web_search\"},{\"type\":\"function\"}]}|web_search",
        "CHAT|{\"web_search_options\":{}}|web_search",
        "CHAT|{\"search_parameters\":{\"mode\":\"auto\"}}|web_search",
        "CHAT|{\"plugins\":[{\"id\":\"web\"}]}|web",
        "RESPONSES|{\"tools\":[{\"type\":\"mcp\",\"server_url\":\"x\"}]}|mcp",
        "RESPONSES|{\"tools\":[{\"type\":\"web_search_preview\"}]}|web_search_preview",
        "RESPONSES|{\"tools\":[{\"type\":\"code_interpreter\"}]}|code_interpreter",
        "RESPONSES|{\"tools\":[{\"type\":\"computer_use_preview\"}]}|computer_use_preview",
        "RESPONSES|{\"tools\":[{\"type\":\"shell\"},{\"type\":\"local_shell\"}]}|shell,local_shell",
        "RESPONSES|{\"tools\":[{\"type\":\"file_search\"}]}|file_search",
        "MESSAGES|{\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]}|web_search_20250305",
        "MESSAGES|{\"tools\":[{\"type\":\"code_execution_20250825\"}]}|code_execution_20250825",
        "MESSAGES|{\"tools\":[{\"type\":\"computer_20250124\"}]}|computer_20250124",
        "MESSAGES|{\"tools\":[{\"type\":\"bash_20250124\"}]}|bash_20250124",
        "MESSAGES|{\"mcp_servers\":[{\"type\":\"url\",\"url\":\"x\"}]}|mcp",
        "GENERATE|{\"tools\":[{\"googleSearch\":{}}]}|googleSearch",
        "GENERATE|{\"tools\":[{\"google_search\":{}}]}|google_search",
        "STREAM_GENERATE|{\"tools\":[{\"codeExecution\":{}}]}|codeExecution",
        "STREAM_GENERATE|{\"tools\":[{\"functionDeclarations\":[],\"urlContext\":{}}]}|urlContext",
        "GENERATE|{\"tools\":[{\"computerUse\":{}}]}|computerUse",
        "INTERACTIONS|{\"tools\":[{\"type\":\"google_search\"}]}|google_search",
        "CONVERSE|{\"toolConfig\":{\"tools\":[{\"systemTool\":{\"name\":\"nova_grounding\"}}]}}|nova_grounding",
        "CONVERSE_STREAM|{\"additionalModelRequestFields\":{\"tools\":[{\"type\":\"computer_20250124\"}]}}|computer_20250124",
        "CONVERSE|{\"additionalModelRequestFields\":{\"mcp_servers\":[]}}|mcp",
        "INVOKE|{\"tools\":[{\"type\":\"bash_20250124\"}]}|bash_20250124",
        "INVOKE_STREAM|{\"toolConfig\":{\"tools\":[{\"systemTool\":{\"name\":\"nova_code_interpreter\"}}]}}|nova_code_interpreter"
      })
  void areFoundInEveryDialect(Operation operation, String body, String tools) {
    assertThat(in(operation, body)).containsExactly(tools.split(",", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CHAT|{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"web_search\"}}]}",
        "CHAT|{\"search_parameters\":{\"mode\":\"off\"}}",
        "RESPONSES|{\"tools\":[{\"type\":\"custom\",\"name\":\"shell\"}]}",
        "MESSAGES|{\"tools\":[{\"name\":\"computer\",\"input_schema\":{}}]}",
        "GENERATE|{\"tools\":[{\"functionDeclarations\":[{\"name\":\"googleSearch\"}]}]}",
        "CONVERSE|{\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"bash\"}}]}}"
      })
  void toolsOfTheAgentAreNone(Operation operation, String body) {
    assertThat(in(operation, body)).isEmpty();
  }

  private static List<String> in(Operation operation, String body) {
    return ProviderTools.in(operation, JsonBody.of(body.getBytes(StandardCharsets.UTF_8)));
  }
}
