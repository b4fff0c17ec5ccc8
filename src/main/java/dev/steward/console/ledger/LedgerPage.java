// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.filter.Filter;
import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest entries that match.
///
/// @param path address of the page
/// @param activity whether it is the activity ledger
/// @param signedAt when the newest checkpoint was signed, null while none was
/// @param checkpoint the signed note, "" while there is none
/// @param keys lines that name the public keys of the ledger
/// @param unsigned entries behind the checkpoint, "" for none
/// @param until the end of the time that is looked at, as the field takes it
/// @param empty what to show instead of rows, null when there are some
/// @param older address of the entries before, null at the first
/// @param looked how far the list goes back
public record LedgerPage(
    Frame frame,
    String path,
    boolean activity,
    String size,
    @Nullable Moment signedAt,
    String checkpoint,
    String keys,
    String unsigned,
    String actor,
    String thing,
    Filter kind,
    String until,
    List<LedgerRow> rows,
    @Nullable Empty empty,
    @Nullable String older,
    String looked,
    Map<String, String> kept) {}
