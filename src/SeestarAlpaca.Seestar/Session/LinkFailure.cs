using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>How a failed connection is logged: an expected failure by its sentence, the first in a row as a warning; a bug in full.</summary>
/// <param name="Exception">What ended the connection.</param>
/// <param name="InARow">How many have followed each other; a telescope that is off all day is not told of every minute.</param>
internal readonly record struct LinkFailure(Exception Exception, int InARow)
{
    /// <summary>What happened, as a sentence.</summary>
    public string Problem => IsExpected ? Exception.Message : $"Something unexpected went wrong: {Exception.Message}";

    /// <summary>How loudly it is told.</summary>
    public LogLevel Level => !IsExpected ? LogLevel.Error : InARow <= 1 ? LogLevel.Warning : LogLevel.Debug;

    /// <summary>The exception where its sentence does not say all.</summary>
    public Exception? Details => IsExpected ? null : Exception;

    private bool IsExpected => Exception is IOException or InvalidDataException;
}
