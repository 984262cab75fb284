using System.Text;
using System.Text.Json.Nodes;

namespace SeestarAlpaca.Seestar.Control;

/// <summary>The form of a request on the control port.</summary>
public static class ControlRequest
{
    /// <summary>
    /// One line: id, the marker <c>verify</c>, method, parameters. Firmware above 5.82 silently ignores many requests without the marker; as a key at
    /// the top level it was accepted wherever it was tried (<c>seestar-protocol.md</c> §3.5).
    /// </summary>
    /// <param name="id">Echoed by the reply.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Any JSON; null for none.</param>
    public static byte[] Build(long id, string method, JsonNode? parameters)
    {
        var request = new JsonObject { ["id"] = id, ["verify"] = true, ["method"] = method };
        if (parameters is not null)
        {
            request["params"] = parameters;
        }

        return Encoding.UTF8.GetBytes(request.ToJsonString() + "\r\n");
    }
}
