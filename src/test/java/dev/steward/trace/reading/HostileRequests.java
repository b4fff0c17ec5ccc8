// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

/// Good requests with something of everything in them, to be spoilt.
final class HostileRequests {
  static final String JSON =
      """
      {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
        "scopeSpans": [{"scope": {"name": "ai", "version": "1"}, "schemaUrl": "u", "spans": [
          {"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174", "parentSpanId": "eee19b7ec3c1b173",
           "traceState": "a=b", "name": "chat gpt-5", "kind": 3, "startTimeUnixNano": "1763700000000000000", "endTimeUnixNano": "1763700001500000000",
           "attributes": [
             {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
             {"key": "gen_ai.request.model", "value": {"stringValue": "gpt-5"}},
             {"key": "gen_ai.usage.input_tokens", "value": {"intValue": "120"}},
             {"key": "gen_ai.usage.cost", "value": {"doubleValue": 0.25}},
             {"key": "gen_ai.response.finish_reasons", "value": {"arrayValue": {"values": [{"stringValue": "stop"}]}}},
             {"key": "gen_ai.input.messages", "value": {"stringValue": "[{\\"role\\":\\"user\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"hi\\"},{\\"type\\":\\"tool_call\\",\\"name\\":\\"f\\",\\"arguments\\":\\"{}\\"}]}]"}},
             {"key": "gen_ai.output.messages", "value": {"arrayValue": {"values": [{"kvlistValue": {"values": [{"key": "role", "value": {"stringValue": "assistant"}}, {"key": "parts", "value": {"arrayValue": {"values": [{"kvlistValue": {"values": [{"key": "type", "value": {"stringValue": "text"}}, {"key": "content", "value": {"stringValue": "ho"}}]}}]}}}]}}]}}},
             {"key": "gen_ai.prompt.0.content", "value": {"stringValue": "x"}},
             {"key": "llm.input_messages.0.message.role", "value": {"stringValue": "user"}}],
           "events": [{"timeUnixNano": "1763700000000000001", "name": "gen_ai.choice", "attributes": [{"key": "message", "value": {"stringValue": "{\\"content\\":\\"ho\\"}"}}]},
                      {"name": "gen_ai.evaluation.result", "attributes": [{"key": "gen_ai.evaluation.name", "value": {"stringValue": "r"}}, {"key": "gen_ai.evaluation.score.value", "value": {"doubleValue": 0.5}}]}],
           "links": [{"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b175"}], "status": {"code": 2, "message": "no"}},
          {"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b176", "name": "t",
           "attributes": [{"key": "ai.operationId", "value": {"stringValue": "ai.toolCall"}}, {"key": "ai.toolCall.args", "value": {"stringValue": "{\\"x\\":1.50}"}}]}]}]}]}
      """;

  static final String LOGS =
      """
      {"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]}, "scopeLogs": [{"logRecords": [
        {"timeUnixNano": "1763700000000000000", "severityNumber": 9, "eventName": "gen_ai.user.message", "traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174",
         "body": {"kvlistValue": {"values": [{"key": "content", "value": {"stringValue": "hi"}}]}}},
        {"eventName": "gen_ai.evaluation.result", "traceId": "5b8efff798038103d269b633813fc60c", "attributes": [{"key": "gen_ai.evaluation.name", "value": {"stringValue": "r"}}, {"key": "gen_ai.evaluation.score.label", "value": {"stringValue": "pass"}}]},
        {"body": {"stringValue": "plain"}}]}]}]}
      """;

  static final String METRICS =
      """
      {"resourceMetrics": [{"scopeMetrics": [{"metrics": [
        {"name": "m", "unit": "s", "gauge": {"dataPoints": [{"timeUnixNano": "1763700000000000000", "asDouble": 1.5, "attributes": [{"key": "a", "value": {"intValue": 1}}]}]}},
        {"name": "h", "histogram": {"aggregationTemporality": 2, "dataPoints": [{"count": 3, "sum": 2.5, "bucketCounts": [1, 2], "explicitBounds": [0.5], "exemplars": [{"asInt": 3, "spanId": "eee19b7ec3c1b174"}]}]}},
        {"name": "e", "exponentialHistogram": {"dataPoints": [{"count": 3, "scale": -2, "positive": {"offset": 1, "bucketCounts": [1, 2]}}]}},
        {"name": "q", "summary": {"dataPoints": [{"count": 3, "sum": 1, "quantileValues": [{"quantile": 0.5, "value": 2}]}]}}]}]}]}
      """;

  private HostileRequests() {}
}
