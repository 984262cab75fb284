using System.Collections.Frozen;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>The codes of refusals and failures and their words (<c>seestar-protocol.md</c> §3.6).</summary>
internal static class ErrorCodes
{
    public const int ParseError = 101;
    public const int MethodNotFound = 103;
    public const int ExpectedObject = 107;
    public const int ExpectedFloat = 108;
    public const int UnexpectedParam = 109;
    public const int IsMoving = 203;
    public const int OutOfLimit = 204;
    public const int FailToOperate = 207;
    public const int InvalidValue = 209;
    public const int NotSupported = 210;
    public const int NoSolveData = 215;
    public const int SolveFailed = 251;
    public const int AutoGotoFailed = 252;
    public const int Aborted = 253;
    public const int FileNotExist = 255;
    public const int AlreadyStacking = 259;
    public const int TooFewStars = 263;
    public const int TransformFailed = 264;
    public const int BelowHorizon = 270;
    public const int NoStar = 279;
    public const int Interrupted = 514;
    public const int StarTrails = 530;

    private static readonly FrozenDictionary<int, string> Texts = new Dictionary<int, string>
    {
        [ParseError] = "parse error",
        [MethodNotFound] = "method not found",
        [ExpectedObject] = "expected object param",
        [ExpectedFloat] = "expected float param",
        [UnexpectedParam] = "unexpected param",
        [IsMoving] = "equipment is moving",
        [OutOfLimit] = "out of limit",
        [FailToOperate] = "fail to operate",
        [InvalidValue] = "invalid value",
        [NotSupported] = "not supported",
        [NoSolveData] = "no solve data",
        [221] = "fail to find words",
        [SolveFailed] = "solve failed",
        [AutoGotoFailed] = "auto goto failed",
        [Aborted] = "aborted",
        [FileNotExist] = "file not exist",
        [AlreadyStacking] = "stack is already running",
        [TooFewStars] = "stack error, too few stars",
        [TransformFailed] = "transform failed",
        [267] = "no image",
        [BelowHorizon] = "below horizon",
        [NoStar] = "no star is detected",
        [501] = "mount goto failed",
        [502] = "mount sync failed",
        [508] = "set efw pos failed",
        [Interrupted] = "interrupt",
        [StarTrails] = "star trails",
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
