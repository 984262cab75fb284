namespace SeestarAlpaca.Alpaca.Http;

/// <summary>Numbers the requests of the whole server: 1, 2, 3 … and 1 again after the greatest; never 0 (alpaca-camera.md §1.3).</summary>
/// <remarks>Thread safe.</remarks>
/// <param name="last">The number given last; 0 at the start.</param>
internal sealed class TransactionCounter(uint last = 0)
{
    private uint _last = last;

    public uint Next()
    {
        var next = Interlocked.Increment(ref _last);
        return next == 0 ? Interlocked.Increment(ref _last) : next;
    }
}

/// <summary>The numbers of one request.</summary>
/// <param name="Client">Who asks; 0 for none.</param>
/// <param name="ClientTransaction">Echoed; 0 when absent.</param>
/// <param name="ServerTransaction">Never 0.</param>
internal readonly record struct TransactionIds(uint Client, uint ClientTransaction, uint ServerTransaction)
{
    /// <exception cref="RequestRefusedException">A client number is not usable; the call must not be carried out.</exception>
    public static TransactionIds Of(AlpacaParameters parameters, uint serverTransaction) =>
        new(parameters.ReadId("ClientID"), parameters.ReadId("ClientTransactionID"), serverTransaction);
}
