// SPDX-License-Identifier: Apache-2.0
/// What a version declares as its own over HTTP, its code and its data: how it is asked, and how
/// its answer comes to the client.
///
/// In: a call that may be made, with its address and headers. Out: the answer as it comes, or why
/// there is none. It decides on nobody.
@NullMarked
package dev.steward.gateway.endpoint;

import org.jspecify.annotations.NullMarked;
