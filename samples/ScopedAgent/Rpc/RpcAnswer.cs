using System.Text.Json;

namespace ScopedAgent.Rpc;

/// <summary>The two shapes of an answer (JSON-RPC 2.0 section 5).</summary>
internal static class RpcAnswer
{
    public static object Result(JsonElement id, object result) => new { id, jsonrpc = "2.0", result };

    /// <summary>An answer that says what went wrong.</summary>
    /// <param name="id">That of the call; null where it cannot be told.</param>
    /// <param name="code">As the protocol numbers errors.</param>
    /// <param name="message">What the protocol calls it.</param>
    /// <param name="data">More about it; null for nothing.</param>
    public static object Error(JsonElement? id, int code, string message, string? data = null) => data is null
        ? new { id, jsonrpc = "2.0", error = (object)new { code, message } }
        : new { id, jsonrpc = "2.0", error = (object)new { code, message, data } };
}
