// A journal of lines in a binary file.
class CJournal
  {
private:
   int               m_handle;
   int               m_count;
public:
                     CJournal(void) : m_handle(INVALID_HANDLE), m_count(0) {}
                    ~CJournal(void) { if(m_handle != INVALID_HANDLE) FileClose(m_handle); }
   bool              Open(const string name)
     {
      m_handle = FileOpen(name, FILE_READ | FILE_WRITE | FILE_BIN | FILE_SHARE_READ);
      FileSeek(m_handle, 0, SEEK_END);
      return(m_handle != INVALID_HANDLE);
     }
   void              Write(string line)
     {
      uchar bytes[];
      int   n = StringToCharArray(line + "\n", bytes) - 1;
      FileWriteArray(m_handle, bytes, 0, n);
      FileFlush(m_handle);
      m_count++;
     }
   int               Count(void) const { return(m_count); }
  };
