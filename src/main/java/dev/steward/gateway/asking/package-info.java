// SPDX-License-Identifier: Apache-2.0
/// What tool servers ask of their clients: forms and pages for people, and answers of the client's
/// model, which are model calls of the run.
///
/// In: the parameters of a question and what the client answered. Out: why it may not be asked, and
/// what it cost. It knows no transport and no form of JSON-RPC message.
@NullMarked
package dev.steward.gateway.asking;

import org.jspecify.annotations.NullMarked;
