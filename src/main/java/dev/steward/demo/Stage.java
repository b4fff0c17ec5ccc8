// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.tool.Hands;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Where one agent plays: its name, its key and the exporter through which its spans leave.
final class Stage implements AutoCloseable {
  private static final int SPANS_QUEUED_MAX = 8_192;

  private final String agent;
  private final RandomGenerator dice;
  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Mind mind;
  private final Operator operator;
  private final Optional<Hands> hands;
  private final AtomicLong played;

  /// @param key the agent's key, "" for one that nobody registered
  Stage(URI otlp, String agent, String key, String environment, RandomGenerator dice) {
    this.agent = agent;
    this.dice = dice;
    this.mind = new ScriptMind(dice);
    this.operator = Operator.NOBODY;
    this.hands = Optional.empty();
    this.played = new AtomicLong();
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(otlp.resolve("/v1/traces").toString())
            .setCompression("gzip")
            .setTimeout(Duration.ofSeconds(20));
    if (!key.isEmpty()) {
      exporter.addHeader("Authorization", "Bearer " + key);
    }
    Attributes resource =
        Attributes.of(
            AttributeKey.stringKey("service.name"),
            agent,
            AttributeKey.stringKey("deployment.environment.name"),
            environment);
    provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(resource))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter.build())
                    .setMaxQueueSize(SPANS_QUEUED_MAX)
                    .setMaxExportBatchSize(512)
                    .setScheduleDelay(Duration.ofMillis(300))
                    .build())
            .build();
    tracer = provider.get("dev.steward.demo");
  }

  private Stage(
      Stage same, RandomGenerator dice, Mind mind, Operator operator, Optional<Hands> hands) {
    this.agent = same.agent;
    this.dice = dice;
    this.mind = mind;
    this.operator = operator;
    this.hands = hands;
    this.provider = same.provider;
    this.tracer = same.tracer;
    this.played = same.played;
  }

  /// The same stage for a play beside this one; it is closed with this one.
  ///
  /// @param reaching what its agent reaches tools with, empty where all is only told
  Stage beside(
      RandomGenerator otherDice, Mind otherMind, Operator watching, Optional<Hands> reaching) {
    return new Stage(this, otherDice, otherMind, watching, reaching);
  }

  String agent() {
    return agent;
  }

  Tracer tracer() {
    return tracer;
  }

  RandomGenerator dice() {
    return dice;
  }

  Mind mind() {
    return mind;
  }

  Operator operator() {
    return operator;
  }

  Optional<Hands> hands() {
    return hands;
  }

  void played() {
    played.incrementAndGet();
  }

  long runsPlayed() {
    return played.get();
  }

  /// Sends what is queued, so that a day played in a moment does not overrun the queue.
  void flush() {
    provider.forceFlush().join(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    provider.shutdown().join(30, TimeUnit.SECONDS);
  }
}
