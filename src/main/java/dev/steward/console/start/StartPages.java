// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.start;

import dev.steward.console.frame.Framer;
import dev.steward.console.start.StartPage.Arrival;
import dev.steward.console.start.StartPage.LanguageWay;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.console.web.Shown;
import dev.steward.domain.Percent;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import java.util.List;

/// Makes the page of the first span.
final class StartPages {
  /// The part of the page that changes.
  static final String ARRIVAL = "arrival";

  private static final int NEWEST = 20;

  private final ConsoleViews views;
  private final Framer framer;

  StartPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  StartPage page(PageRequest request, Reader reader) {
    Arrival arrival = arrival(reader);
    Shown shown = Shown.fresh();
    shown.takes(ARRIVAL, arrival);
    return new StartPage(
        framer.single(request, "First span", "", List.of(), shown.in("/live/start")),
        arrival,
        variables(),
        views.grpcPort(),
        ways());
  }

  /// The newest run that the reader may see.
  Arrival arrival(Reader reader) {
    for (Run run : framer.traces(reader).runs(RunQuery.newest(NEWEST)).items()) {
      if (reader.sees(run)) {
        return new Arrival(
            "/runs/" + Percent.encoded(run.id()), run.agent(), "The newest run is of ");
      }
    }
    return new Arrival(null, "", "");
  }

  private String variables() {
    return """
    export OTEL_EXPORTER_OTLP_ENDPOINT=%s
    export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
    export OTEL_SERVICE_NAME=my-agent\
    """
        .formatted(views.otlpEndpoint());
  }

  private List<LanguageWay> ways() {
    return List.of(
        new LanguageWay(
            "curl",
            "curl",
            "Needs nothing else, and shows at once that the way is open: one span of one run.",
            curl()),
        new LanguageWay(
            "python",
            "Python",
            "The instrumentation of your model's client, and the launcher that switches it on. What"
                + " was said is sent too, unless OPENINFERENCE_HIDE_INPUTS and"
                + " OPENINFERENCE_HIDE_OUTPUTS are true.",
            """
            pip install opentelemetry-distro opentelemetry-exporter-otlp openinference-instrumentation-openai
            opentelemetry-instrument python agent.py\
            """),
        new LanguageWay(
            "typescript",
            "TypeScript",
            "The same for Node. With the Vercel AI SDK also pass experimental_telemetry:"
                + " {isEnabled: true} to its calls.",
            """
            npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node
            export NODE_OPTIONS="--require @opentelemetry/auto-instrumentations-node/register"
            node agent.js\
            """),
        new LanguageWay(
            "java",
            "Java",
            "OpenTelemetry's agent, fetched with Maven, reads the three variables by itself.",
            """
            mvn dependency:copy -Dartifact=io.opentelemetry.javaagent:opentelemetry-javaagent:2.20.1 -DoutputDirectory=. -Dmdep.stripVersion=true
            java -javaagent:opentelemetry-javaagent.jar -Dotel.instrumentation.genai.capture-message-content=true -jar agent.jar\
            """),
        new LanguageWay(
            "gateway",
            "Model gateway",
            "Let the model calls pass here, and they are recorded with their cost, kept within"
                + " budgets and can be stopped, whatever the language and without instrumentation."
                + " The key is the agent's own, in place of the provider's.",
            gateway()));
  }

  private String gateway() {
    return """
    ./steward keys issue my-agent --environment development
    export OPENAI_BASE_URL=%1$s/v1
    export OPENAI_API_KEY=THE-KEY-JUST-ISSUED
    export ANTHROPIC_BASE_URL=%1$s
    export ANTHROPIC_API_KEY=$OPENAI_API_KEY\
    """
        .formatted(views.endpoint());
  }

  private String curl() {
    return """
    curl -sS %s/v1/traces -H 'Content-Type: application/json' -d @- <<END
    {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my-agent"}}]},
    "scopeSpans":[{"spans":[{"traceId":"$(openssl rand -hex 16)","spanId":"$(openssl rand -hex 8)","name":"invoke_agent my-agent","kind":1,
    "startTimeUnixNano":"$(date +%%s)000000000","endTimeUnixNano":"$(date +%%s)400000000","attributes":[
    {"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},
    {"key":"gen_ai.agent.name","value":{"stringValue":"my-agent"}}]}]}]}]}
    END\
    """
        .formatted(views.otlpEndpoint());
  }
}
