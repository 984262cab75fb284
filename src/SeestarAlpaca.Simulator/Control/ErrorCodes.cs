using System.Collections.Frozen;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>The codes of refusals and their words (<c>seestar-protocol.md</c> §3.6).</summary>
internal static class ErrorCodes
{
    public const int ParseError = 101;
    public const int MethodNotFound = 103;
    public const int ExpectedObject = 107;
    public const int ExpectedFloat = 108;
    public const int UnexpectedParam = 109;
    public const int OutOfLimit = 204;
    public const int FailToOperate = 207;
    public const int InvalidValue = 209;
    public const int NotSupported = 210;

    private static readonly FrozenDictionary<int, string> Texts = new Dictionary<int, string>
    {
        [ParseError] = "parse error",
        [MethodNotFound] = "method not found",
        [ExpectedObject] = "expected object param",
        [ExpectedFloat] = "expected float param",
        [UnexpectedParam] = "unexpected param",
        [203] = "equipment is moving",
        [OutOfLimit] = "out of limit",
        [FailToOperate] = "fail to operate",
        [InvalidValue] = "invalid value",
        [NotSupported] = "not supported",
        [259] = "stack is already running",
    }.ToFrozenDictionary();

    /// <summary>The words for a code.</summary>
    public static string Text(int code) => Texts.GetValueOrDefault(code, "fail to operate");
}

/// <summary>A command is refused.</summary>
internal sealed class RefusedException(int code) : Exception(ErrorCodes.Text(code))
{
    /// <summary>The code of the refusal.</summary>
    public int Code => code;
}
