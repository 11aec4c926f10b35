// Crc.mqh: CRC-32 (ISO-HDLC, as zlib) and rows that end in it.
#ifndef SIGNALOS_CRC_MQH
#define SIGNALOS_CRC_MQH

uint g_crc_table[256];

void PrepareCrc() {
   for(int i = 0; i < 256; i++) {
      uint value = (uint)i;
      for(int bit = 0; bit < 8; bit++) {
         if((value & 1) != 0)
            value = 0xEDB88320 ^ (value >> 1);
         else
            value = value >> 1;
      }
      g_crc_table[i] = value;
   }
}

uint CrcStep(const uint crc, const uint byte_value) {
   return g_crc_table[(int)((crc ^ byte_value) & 0xFF)] ^ (crc >> 8);
}

string CrcHex(const uint crc) {
   return StringFormat("%08x", crc ^ 0xFFFFFFFF);
}

string CrcOfBytes(const uchar &bytes[], const int count) {
   uint crc = 0xFFFFFFFF;
   for(int i = 0; i < count; i++)
      crc = CrcStep(crc, (uint)bytes[i]);
   return CrcHex(crc);
}

// Of text that is ASCII, so that a character is a byte.
string CrcOfText(const string text) {
   uint crc = 0xFFFFFFFF;
   int  length = StringLen(text);
   for(int i = 0; i < length; i++)
      crc = CrcStep(crc, (uint)StringGetCharacter(text, i));
   return CrcHex(crc);
}

string SealedRow(const string body) {
   return body + "," + CrcOfText(body);
}

// The part of a row that its last column vouches for; false if the crc does not fit.
bool UnsealRow(const string line, string &body) {
   int length = StringLen(line);
   if(length < 10 || StringGetCharacter(line, length - 9) != ',')
      return false;
   body = StringSubstr(line, 0, length - 9);
   return CrcOfText(body) == StringSubstr(line, length - 8);
}

#endif
