// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.Setting;
import java.time.Duration;
import java.util.List;

/// The ledgers.
public record LedgerConfig(
    @Setting(
            byDefault = "steward.local",
            about =
                "Begins the names of the ledgers in their checkpoints; fixed by the first start."
                    + " With witnesses it should be a host name of one's own.")
        String origin,
    @Setting(
            byDefault = "",
            about =
                "Witnesses that cosign checkpoints, each as `URL VERIFIER-KEY` in the signed-note"
                    + " form. Only a witness can prove that the newest entries were not cut off.")
        List<String> witnesses,
    @Setting(
            byDefault = "false",
            about =
                "Whether `/log/.../tile/entries/...` is open to everybody, as public logs are;"
                    + " otherwise it needs a token. Hash tiles and checkpoints are always open.")
        boolean publicEntries,
    @Setting(
            byDefault = "10m",
            about =
                "How often the activity ledger's checkpoint is written into the control ledger when"
                    + " it has grown; also when the server stops.")
        Duration anchorEvery) {

  public LedgerConfig {
    if (!origin.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")) {
      throw new IllegalArgumentException(
          "ledger.origin is '" + origin + "': it takes letters, digits and ._/-");
    }
    Checks.positive("ledger.anchor-every", anchorEvery);
    witnesses = List.copyOf(witnesses);
    for (String witness : witnesses) {
      if (!witness.strip().matches("https?://\\S+ \\S+\\+[0-9a-f]{8}\\+\\S+")) {
        throw new IllegalArgumentException(
            "ledger.witnesses has '" + witness + "', which is not `URL NAME+HASH+KEY`");
      }
    }
  }
}
