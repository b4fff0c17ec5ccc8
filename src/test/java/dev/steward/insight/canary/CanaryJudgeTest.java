// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.store.duckdb.DuckDbConfig;
import dev.steward.store.duckdb.DuckDbSpanStore;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.SpanStore;
import dev.steward.trace.run.Silence;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class CanaryJudgeTest extends CanaryJudgeContract {
  @TempDir Path folder;

  @Override
  protected SpanStore open(AgentDirectory agents, Silence silence, InstantSource clock) {
    return DuckDbSpanStore.open(folder, DuckDbConfig.DEFAULT, agents, silence, clock);
  }
}
